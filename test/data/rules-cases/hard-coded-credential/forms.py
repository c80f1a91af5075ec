#! only: hard-coded-credential, hard-coded-url
"""Use it as `api_key = "kx94fQ7vTz2LmWp8RbYd31HsN"`."""
import os

import openai
import pymongo
import requests
from fernet import Client
from requests.auth import HTTPBasicAuth

openai.api_key = "sk-proj-a8Fk20dkWq81LmZpR4tYc7Vb"  #! hard-coded-credential
os.environ["WANDB_API_KEY"] = "5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3"  #! hard-coded-credential
TOKEN = os.getenv("SERVICE_TOKEN", "t0k9fQ2vTz7LmWpB4x")  #! hard-coded-credential
COMMIT = "5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3"  #~ hard-coded-credential
PASSWORD = "hunter2zz"  #! hard-coded-credential
DB_PASSWORD = "${DB_PASSWORD}"  #~ hard-coded-credential
PWD = "/srv/app1"  #~ hard-coded-credential
LABELS = {"password": "Passwort", "token": "Zeichen"}  #~ hard-coded-credential
EOS_TOKEN = "<|endoftext|>"  #~ hard-coded-credential
CACHE_KEY = "features-2024-v3"  #~ hard-coded-credential
SECRET_NAME = "prod/db/passw0rd"  #~ hard-coded-credential
HEADERS = {
    "Authorization": "Bearer kx94fQ7vTz2LmWp8RbYd31HsN",  #! hard-coded-credential
    "X-Api-Key": "q8Wz27LmTp4RbYd31HsNkx94",  #! hard-coded-credential
    "X-Request-Id": "q8Wz27LmTp4RbYd31HsNkx94",  #~ hard-coded-credential
}
store = pymongo.MongoClient("mongodb://app:Zx81-piano@store:27017/ml")  #! hard-coded-credential
empty = pymongo.MongoClient(f"mongodb://{os.environ['USER']}:{os.environ['PW']}@store/ml")  #~ hard-coded-credential


def login(password="Tr0ub4dor&3", user="me"):  #! hard-coded-credential
    requests.get(os.environ["URL"], auth=("me", "c0rrect-horse"), timeout=3)  #! hard-coded-credential
    requests.get(os.environ["URL"], auth=HTTPBasicAuth(user, "b4ttery-staple"), timeout=3)  #! hard-coded-credential
    return Client(api_key="YOUR_API_KEY", secret="changeme", token="xxxxxxxxxxxxxxxx")  #~ hard-coded-credential


def check(password):
    if password == "t1ger-blue":  #! hard-coded-credential
        return True
    return password != ""  #~ hard-coded-credential
