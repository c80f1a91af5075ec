# Databricks notebook source
# MAGIC %scala
# MAGIC val gone = 1

# COMMAND ----------

names = [table("people").columns, sql("SHOW TABLES"), getArgument("day")]
lower = udf(str.lower)
displayHTML("<b>done</b>")
sqlContext.clearCache()

# COMMAND ----------

print(gone)  #! undefined-in-notebook

# COMMAND ----------

# MAGIC %matplotlib inline
# MAGIC lower(people.name)  #! undefined-in-notebook

# COMMAND ----------

# MAGIC %sh
# MAGIC echo $people

# COMMAND ----------

dbutils.notebook.exit(names)
