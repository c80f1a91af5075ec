#! only: credential-in-output
# %% [count=1] [output=Epoch 1: key metrics: 0.3817\ntoken accuracy: 0.93 secret santa: 4]  #~ credential-in-output
train()
# %% [count=2] [result={'user': 'svc', 'password': 'Vq7-tundra-81'}]  #! credential-in-output
settings
# %% [count=3] [html=<table><tr><td>api_key=&quot;kx9-4fQ7vTz2LmWp8RbYd31HsN&quot;</td></tr></table>]  #! credential-in-output
frame
# %% [count=4] [error=OperationalError: could not connect to mysql://etl:g0pher-Hill-2@db.internal/ml]  #! credential-in-output
connect()
# %% [count=5] [output=postgresql://postgres:postgres@localhost/db\nredis://cache:6379/0\nhttps://user@example.org/]  #~ credential-in-output
urls
# %% [count=6] [output=api_key: <your-key-here>\napi_key=None\nAPI_KEY=${API_KEY}\npassword: ********]  #~ credential-in-output
show()
# %% [count=7] [output=sha256:5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a35d0c9e71ab34f8826e1d7730\nrun id: 3fa85f64-5717-4562-b3fc-2c963f66afa6]  #~ credential-in-output
digest()
# %% [count=8] [output=http://localhost:8888/lab?token=5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a35d0c9e71]  #~ credential-in-output
serve()
# %% [count=9] [output=fine] [output=Authorization: Bearer kx94fQ7vTz2LmWp8RbYd31HsN5gJ0cXa]  #! credential-in-output
request
# %% [count=10] [output={'bos_token': '<s>', 'pad_token_id': 50256, 'sort_key': 'a1B2c3D4e5F6g7H8'}]  #~ credential-in-output
tokenizer
