#! only: hard-coded-url, hard-coded-path, hard-coded-credential
"""Every way to an address; https://docs.example.org/forms is a link."""
import os
import urllib.request as web
from dataclasses import dataclass

import boto3
import httpx
import mlflow
import pandas as pd
import requests as rq
import typer
from requests import Session, post

API = "https://api.acme.example/v2"  #! hard-coded-url
LINKS = ["https://acme.example/terms", "https://acme.example/help"]  #~ hard-coded-url
FALLBACK = os.environ.get("SCORER_URL", "https://scorer.acme.example")  #~ hard-coded-url
BUCKET = "s3://acme-raw"  #! hard-coded-url
LOCAL = "http://localhost:9000"  #~ hard-coded-url
app = typer.Typer()


@dataclass
class Client:
    base: str = "http://10.4.0.2:8080"  #! hard-coded-url

    def fetch(self, name):
        with Session() as session:
            return session.get(f"{self.base}/items/{name}", timeout=3)


def push(rows, url="https://sink.acme.example/rows"):  #! hard-coded-url
    return post(url, json=rows, timeout=3)


def by_region(region):
    return rq.get(f"https://{region}.acme.example/x", timeout=3)  #~ hard-coded-url


@app.command()
def main(url: str = "https://scorer.acme.example/v1"):  #~ hard-coded-url
    rq.get(url, timeout=3)


def users(number):
    push([number], url="https://other.acme.example/rows")  #! hard-coded-url
    rq.get(API + "/users/" + str(number), timeout=3)
    rq.get(LOCAL + "/x", timeout=3)
    rq.get(FALLBACK, timeout=3)
    return httpx.Client(base_url="https://users.acme.example", timeout=3)  #! hard-coded-url


def storage():
    frame = pd.read_csv(f"{BUCKET}/train.csv")
    frame.to_parquet("gs://acme-out/train.parquet")  #! hard-coded-url
    web.urlretrieve("https://data.acme.example/a.zip", "/dev/null")  #! hard-coded-url
    mlflow.set_tracking_uri("http://mlflow.acme.example:5000")  #! hard-coded-url
    s3 = boto3.client("s3", endpoint_url="https://minio.acme.example")  #! hard-coded-url
    print("written to gs://acme-out/train.parquet")  #~ hard-coded-url
    return frame, s3
