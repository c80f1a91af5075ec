/**
 * Environment variables that services' own clients read, and what to call others. Sources: the clients' documentation.
 */

/** The variable for the one secret of a package. */
export const SERVICE_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['wandb', 'WANDB_API_KEY'],
  ['openai', 'OPENAI_API_KEY'],
  ['langchain_openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['langchain_anthropic', 'ANTHROPIC_API_KEY'],
  ['cohere', 'CO_API_KEY'],
  ['mistralai', 'MISTRAL_API_KEY'],
  ['groq', 'GROQ_API_KEY'],
  ['pinecone', 'PINECONE_API_KEY'],
  ['replicate', 'REPLICATE_API_TOKEN'],
  ['huggingface_hub', 'HF_TOKEN'],
  ['transformers', 'HF_TOKEN'],
  ['datasets', 'HF_TOKEN'],
  ['comet_ml', 'COMET_API_KEY'],
  ['neptune', 'NEPTUNE_API_TOKEN'],
  ['clearml', 'CLEARML_API_SECRET_KEY'],
  ['roboflow', 'ROBOFLOW_API_KEY'],
  ['google.generativeai', 'GOOGLE_API_KEY'],
  ['google.genai', 'GOOGLE_API_KEY'],
]);

/** Packages of databases: a password given to one is the database's. */
export const DATABASE_PACKAGES: ReadonlySet<string> = new Set([
  ...['psycopg2', 'psycopg', 'asyncpg', 'pymysql', 'MySQLdb', 'mysql', 'pyodbc', 'sqlalchemy', 'pymssql'],
  ...['oracledb', 'cx_Oracle', 'clickhouse_driver', 'clickhouse_connect', 'trino', 'redshift_connector'],
]);

/** The variable for a secret that shows by its format; the key is a word of what `knownSecrets` calls it. */
export const FORMAT_VARIABLES: readonly (readonly [word: RegExp, variable: string])[] = [
  [/AWS access key/, 'AWS_ACCESS_KEY_ID'],
  [/GitHub/, 'GITHUB_TOKEN'],
  [/GitLab/, 'GITLAB_TOKEN'],
  [/Slack webhook/, 'SLACK_WEBHOOK_URL'],
  [/Discord webhook/, 'DISCORD_WEBHOOK_URL'],
  [/Slack/, 'SLACK_TOKEN'],
  [/Google API/, 'GOOGLE_API_KEY'],
  [/Anthropic/, 'ANTHROPIC_API_KEY'],
  [/OpenRouter/, 'OPENROUTER_API_KEY'],
  [/OpenAI/, 'OPENAI_API_KEY'],
  [/Hugging Face/, 'HF_TOKEN'],
  [/Stripe/, 'STRIPE_API_KEY'],
  [/Databricks/, 'DATABRICKS_TOKEN'],
  [/Weights & Biases/, 'WANDB_API_KEY'],
  [/Groq/, 'GROQ_API_KEY'],
  [/Replicate/, 'REPLICATE_API_TOKEN'],
  [/Telegram/, 'TELEGRAM_BOT_TOKEN'],
  [/SendGrid/, 'SENDGRID_API_KEY'],
  [/Vault/, 'VAULT_TOKEN'],
  [/Azure client/, 'AZURE_CLIENT_SECRET'],
  [/Azure account/, 'AZURE_STORAGE_CONNECTION_STRING'],
  [/private key/, 'PRIVATE_KEY'],
  [/key in an address/, 'API_KEY'],
  [/bearer/, 'API_TOKEN'],
  [/header/, 'API_TOKEN'],
  [/web token/, 'API_TOKEN'],
];
