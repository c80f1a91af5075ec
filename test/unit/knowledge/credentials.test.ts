import * as assert from 'node:assert/strict';
import { isSecretValue, secretName } from '../../../src/knowledge/credentialNames';
import { secretIn, secretsIn } from '../../../src/knowledge/credentials';

/** Letters and digits as an issuer draws them, the same on every run; no real secret is in this file. */
function drawn(
  length: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
): string {
  let state = 20_240_517;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += alphabet[(state >>> 16) % alphabet.length];
  }
  return text;
}

const HEX = '0123456789abcdef';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const SECRET: Readonly<Record<string, string>> = {
  'AWS access key': `id AKIA${drawn(16, BASE32)} of the bucket`,
  'AWS secret key': `aws_secret_access_key = ${drawn(40)}`,
  'GitHub classic': `remote: https://x:ghp_${drawn(36)}@github.com/a/b`,
  'GitHub fine-grained': `github_pat_${drawn(22)}_${drawn(59)}`,
  GitLab: `glpat-${drawn(20)}`,
  Slack: `xoxb-123456789012-${drawn(24)}`.replace('123456789012', '731905824460'),
  'Slack webhook': `https://hooks.slack.com/services/T0${drawn(8, BASE32)}/B0${drawn(8, BASE32)}/${drawn(24)}`,
  Google: `https://maps.example.net/js?key=AIza${drawn(35)}`,
  'OpenAI legacy': `openai.api_key is sk-${drawn(48)}`,
  'OpenAI project': `sk-proj-${drawn(80)}`,
  Anthropic: `sk-ant-api03-${drawn(93)}AA`,
  'Hugging Face': `Token: hf_${drawn(34)}`,
  Stripe: `sk_live_${drawn(24)}`,
  Databricks: `dapi${drawn(32, HEX)}`,
  npm: `npm_${drawn(36)}`,
  SendGrid: `SG.${drawn(22)}.${drawn(43)}`,
  'Azure account key': `DefaultEndpointsProtocol=https;AccountName=lake;AccountKey=${drawn(86)}==;EndpointSuffix=core.windows.net`,
  'Azure client secret': `${drawn(3)}8Q~${drawn(34)}`,
  'Azure shared access': `https://lake.blob.core.windows.net/raw?sv=2022-11-02&ss=b&srt=co&se=2030-01-01&sig=${drawn(43)}%3D`,
  'private key': `-----BEGIN RSA PRIVATE KEY-----\n${drawn(64)}\n${drawn(64)}\n-----END RSA PRIVATE KEY-----`,
  'private key in JSON': `"private_key": "-----BEGIN PRIVATE KEY-----\\n${drawn(64)}\\n${drawn(64)}\\n"`,
  JWT: `eyJ${drawn(20)}.eyJ${drawn(40)}.${drawn(43)}`,
  'connection string': 'connecting to postgresql://reader:m4rsh-Tulip9@warehouse:5432/ml',
  'connection string without user': 'redis://:v3ryLong-Pw@cache:6379/0',
  bearer: `Authorization: Bearer ${drawn(40)}`,
  basic: `Authorization: Basic ${btoa('svc:m4rsh-Tulip9')}`,
  'dictionary of the environment': `environ({'HOME': '/root', 'WANDB_API_KEY': '${drawn(40, HEX)}'})`,
  'environment line': 'DB_PASSWORD=m4rsh-Tulip9',
  JSON: `{"client_secret": "${drawn(32)}"}`,
  option: `mlflow run --api-key "${drawn(32)}"`,
  prose: `API key: ${drawn(32, HEX)}`,
  'wandb login': `!wandb login ${drawn(40, HEX)}`,
  ODBC: 'Driver=x;Server=db;Uid=svc;Pwd=Vq7-tundra-81;',
};

const PLAIN: Readonly<Record<string, string>> = {
  'a commit': `commit ${drawn(40, HEX)} (HEAD -> main)`,
  masked: 'API key: ****',
  'special tokens': 'max_tokens 2048\npad_token [PAD]\ntoken_type_ids 0 0 1',
  vocabulary: "{'token': 'Ġhello', 'bos_token': '<s>', 'token_id': 50256}",
  'a hash': `sha256: ${drawn(64, HEX)}`,
  'a cache key': `cache_key=${drawn(40, HEX)}`,
  'an S3 key': "{'Key': 'raw/2021/part-0001.parquet'}",
  'documented AWS example': 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'masked GitHub': 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'a counted-up key': 'sk-1234567890abcdef1234567890abcdef1234567890abcdef',
  'a template': 'postgresql://{user}:{password}@{host}/{db} mysql://$USER:$PASS@db/x redis://:%s@cache',
  'a default login': 'postgresql://postgres:postgres@localhost:5432/db amqp://guest:guest@rabbit//',
  'a dummy login': 'mysql://user:password@host/db',
  'a masked login': 'postgresql://reader:***@warehouse:5432/ml',
  'no password': 'postgresql://warehouse:5432/ml http://proxy:8080/a@b',
  'a data type': 'password    object\nsecret: str\napi_key: Optional[str] = None',
  code: 'api_key=os.environ["OPENAI_API_KEY"]\npassword=config.db_pass1\ntoken=self.tokens2[0]\ntoken = tokenizer.decode(ids2)',
  'a prompt': 'Enter your password: ········\nPassword: required, at least 8 characters',
  'a notebook server': `http://localhost:8888/?token=${drawn(48, HEX)}`,
  'a signed link': `https://a.s3.amazonaws.com/x?X-Amz-Credential=AKIA${drawn(16, BASE32)}%2F20210101&X-Amz-Signature=${drawn(64, HEX)}`,
  'a signed blob': `https://x.blob.core.windows.net/a?sp=r&sv=2018-11-09&sr=b&se=2025-01-01&sig=${drawn(43)}%3D`,
  'a public key': `ssh-rsa ${drawn(200)} me@host public_key=${drawn(40)}`,
  'the words of a key': '-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----',
  'an address': "{'api_key_url': 'https://example.org/a1B2c3D4e5F6', 'token_url': 'https://x.org/o4uth2'}",
  'model names': "key='bert-base-uncased-2019' secret='model_v2_final_2021'",
  'a bearer word': 'Bearer authentication_is_required_here',
  'sorted keys': 'sort key: a1B2c3D4e5F6g7H8',
};

suite('credentials', () => {
  for (const [what, text] of Object.entries(SECRET)) {
    test(`found: ${what}`, () => assert.notEqual(secretIn(text), undefined, text));
  }
  for (const [what, text] of Object.entries(PLAIN)) {
    test(`not reported: ${what}`, () => {
      assert.deepEqual(
        [...secretsIn(text)].map((secret) => text.slice(secret.start, secret.end)),
        [],
      );
    });
  }

  test('offsets are those of the secret alone', () => {
    const text =
      "environ({'A': 'b', 'WANDB_API_KEY': '5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3'}) redis://:v3ryLong-Pw@c";
    assert.deepEqual(
      [...secretsIn(text)].map((secret) => [text.slice(secret.start, secret.end), secret.kind]),
      [
        ['v3ryLong-Pw', 'a password in a connection string'],
        ['5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3', 'a key'],
      ],
    );
  });

  test('names that hold a secret', () => {
    const names = (kind: string) => (text: string) =>
      text.split(' ').forEach((name) => assert.equal(secretName(name) ?? '-', kind, name));
    names('password')('password DB_PASSWORD dbPassword passwd pwd userPassword db_pass PASSWORD_PROD');
    names('key')(
      'api_key API_KEY apiKey apikey OPENAI_API_KEY secret_key SERVICE_KEY OTHER_KEY aws_access_key x-api-key',
    );
    names('token')('token HF_TOKEN hf_token accessToken client_secret SECRET auth_token authToken');
    names('-')(
      'pad_token max_tokens tokens token_type token_url password_column sort_key primary_key key keys API_URL',
    );
    names('-')(
      'public_key PUBLIC_KEY password_hash secret_name dict_key tokenizer passes bypass compass monkey',
    );
  });

  test('values that can be one', () => {
    for (const value of ['kx9-4fQ7vTz2LmWp8RbYd31HsN', 't0k-9fQ2vTz7LmWp', drawn(40, HEX)]) {
      assert.ok(isSecretValue(value, 'key'), value);
    }
    for (const value of ['Vq7-tundra-81', 'hunter2!', 'tiger'])
      assert.ok(isSecretValue(value, 'password'), value);
    for (const value of [
      '',
      '<your-api-key>',
      'YOUR_KEY_HERE',
      'sk-...',
      'xxxxxxxx',
      '${KEY}',
      '{key}',
      'changeme',
    ]) {
      assert.ok(!isSecretValue(value, 'password'), value);
      assert.ok(!isSecretValue(value, 'key'), value);
    }
    for (const value of [
      'customer_id',
      'bert-base-cased',
      'data/raw/v2.csv',
      '2021-03-04T10:00',
      '[PAD]',
      'hello1',
    ]) {
      assert.ok(!isSecretValue(value, 'token'), value);
    }
  });

  test('long texts without secrets take no time', () => {
    const text = `${drawn(400_000)}\n${'key: value, token, password '.repeat(20_000)}${'a'.repeat(300_000)}:${'/'.repeat(100_000)}`;
    const start = performance.now();
    assert.equal(secretIn(text), undefined);
    assert.ok(performance.now() - start < 2_000, `${performance.now() - start} ms`);
  });
});
