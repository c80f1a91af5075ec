import { judgeRule } from './judge';

judgeRule(
  'hard-coded-credential',
  {
    'nothing, and the environment':
      'import os\nAPI_KEY = ""\nTOKEN = None\nKEY = os.environ["API_KEY"]\nconnect(password=os.getenv("PASSWORD"))\nconnect(password=getpass())\n',
    placeholders:
      'API_KEY = "<your-api-key>"\nPASSWORD = "changeme"\nTOKEN = "xxxxxxxxxxxxxxxxxxxx"\nSECRET_KEY = "insert-your-secret-key-here"\nHF_TOKEN = "hf_..."\nconnect(password="password")\nPASSWORD = "${DB_PASSWORD}"\n',
    'words of a text':
      'tok = T(pad_token="[PAD]", eos_token="</s>", mask_token="<mask>")\nmax_tokens = "2048"\ntoken_type = "BertTokenizerFast2024x"\n',
    'names of columns and keys':
      'password_column = "password"\nsort_key = "customer_id"\nprimary_key = "a8f3k2m9x7q1z5w4"\npassword_field = "hunter22"\n',
    'names of settings':
      'PASSWORD = "DB_PASSWORD"\nAPI_KEY_NAME = "kx94fQ7vTz2LmWp8RbYd31HsN"\npassword = "user_password"\nTOKEN_URL = "https://a.example/oauth2/token9x8y7z6"\n',
    'texts of a form':
      'password = "Please type it again"\nlabels = {"password": "Passwort"}\nst.text_input("Password", type="password")\n',
    paths: 'pwd = "/home/petra/x1"\npasswd = "./secrets/p1"\npassword = "/run/secrets/db1"\n',
    'a docstring':
      'def f():\n    """Use api_key = "sk-proj-a8Fk20dkWq81LmZpR4tYc7Vb"."""\n"postgresql://me:Kx81-zpQ@db/x"\n',
    'a hash and an id':
      'sha = "5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3"\ncommit = "5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3"\nmodel_key = "resnet50d8e2f1a9"\n',
    'an address without a password':
      'from sqlalchemy import create_engine\ncreate_engine("postgresql://db:5432/x")\ncreate_engine("postgresql://me@db/x")\ncreate_engine(f"postgresql://{u}:{p}@db/x")\n',
    'settings without a password':
      'connect("host=db user=svc password={pw}")\nconnect(f"SERVER=db;UID=sa;PWD={pw}")\nurl = f"https://a.example/x?key={key}"\nurl = "https://a.example/x?key=name&token=abc"\n',
    'a key of sorting': 'sorted(xs, key="a8f3k2m9")\nst.button("x", key="btn1")\n',
    'a header with a name': 'h = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}\n',
  },
  {
    'by its name': [
      'API_KEY = "kx9-4fQ7vTz2LmWp8RbYd31HsN"\nclient_secret = "Qw7zL0pXk39VbN2m"\npassword: str = "Vq7-tundra-81"\nself.token = "t0k9fQ2vTz7LmWpB4"\n',
      ['1:10', '2:16', '3:16', '4:13'].map((place) => `${place} error`),
    ],
    'as an argument, a default, an entry, an item': [
      'connect(password="hunter2zz", user="me")\ndef f(api_key="kx9-4fQ7vTz2LmWp8RbYd31HsN"): ...\nd = {"password": "Vq7-tundra-81"}\nd["api_token"] = "t0k9fQ2vTz7LmWpB4"\n',
      ['1:17', '2:14', '3:17', '4:17'].map((place) => `${place} error`),
    ],
    'in an option or the default of a variable': [
      'import os\np.add_argument("--api-key", default="kx9-4fQ7vTz2LmWp8RbYd31HsN")\nos.getenv("API_KEY", "kx9-4fQ7vTz2LmWp8RbYd31HsN")\nos.environ["API_KEY"] = "kx9-4fQ7vTz2LmWp8RbYd31HsN"\n',
      ['2:36', '3:21', '4:24'].map((place) => `${place} error`),
    ],
    'by its form, wherever it is': [
      'login("hf_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR")\nx = ["AKIAQ3EGRT7ZL5WNB2XP"]\n',
      ['1:6', '2:5'].map((place) => `${place} error`),
    ],
    'connection strings': [
      'create_engine("postgresql://reader:m4rsh-Tulip9@warehouse:5432/ml")\nURL = f"postgresql://me:Kx81-zpQ@{host}/x"\nMongoClient("mongodb+srv://me:Kx81zpQw@c0.example.net/x")\nU = "redis://:Kx81zpQw4@" + host\n',
      ['1:14', '2:6', '3:12', '4:4'].map((place) => `${place} error`),
    ],
    'settings of a connection, and queries': [
      'c = pyodbc.connect("DRIVER={ODBC};SERVER=db;UID=sa;PWD=Str0ng!pw")\nd = connect("host=db user=svc password=Vq7-tundra dbname=x")\nu = "https://a.example/x?appid=8f3a9c27d1e04b56a7c9d2e8f1b03a64"\nk = {"username": "me", "key": "8f3a9c27d1e04b56a7c9d2e8f1b03a64"}\n',
      ['1:19', '2:12', '3:4', '4:30'].map((place) => `${place} error`),
    ],
    headers: [
      'h = {"Authorization": "Bearer kx9-4fQ7vTz2LmWp8RbYd31HsN", "X-Api-Key": "kx94fQ7vTz2LmWp8RbYd31HsN"}\nh["Authorization"] = "token 5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3"\n',
      ['1:22', '1:72', '2:21'].map((place) => `${place} error`),
    ],
    'a pair for logging in': [
      'requests.get(url, auth=("me", "hunter2zz"))\nserver.login("me@example.org", "hunter2zz")\n',
      ['1:30 error', '2:31 error'],
    ],
    'a key of a service': ['wandb.login(key="5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3")\n', ['1:16 error']],
    'in a comparison': ['if password == "hunter2zz":\n    pass\n', ['1:15 error']],
  },
);
