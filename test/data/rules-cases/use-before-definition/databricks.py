# Databricks notebook source
# MAGIC %md
# MAGIC # Orders
# MAGIC It's read from `region`, see "setup

# COMMAND ----------

# MAGIC %pip install shapely  #! install-in-notebook

# COMMAND ----------

# DBTITLE 1,Load
orders = spark.read.table("orders").where(f"region = '{region}'")  #! use-before-definition
display(orders)
print(orders.count(), dbutils.widgets.get("region"), sc.version)


def top(frame):
    return frame.limit(rows)


# COMMAND ----------

# MAGIC %sql
# MAGIC SELECT region, COUNT(*) FROM orders WHERE note = 'it''s' GROUP BY later

# COMMAND ----------

counts = _sqldf.toPandas()
region = "north"
rows = 20

# COMMAND ----------

# MAGIC %python
# MAGIC # The cell's language is written out.
# MAGIC for row in counts.itertuples():
# MAGIC     limit = row.n
# MAGIC     if limit > threshold:  #! use-before-definition
# MAGIC         print(row)
# MAGIC
# MAGIC threshold = 7

# COMMAND ----------

# MAGIC %%time
# MAGIC best = top(orders)
# MAGIC worst = bottom(orders)  #! use-before-definition

# COMMAND ----------


def bottom(frame):
    return frame.tail(rows)


# COMMAND ----------

# MAGIC %run ./shared/plots

# COMMAND ----------

draw(best, palette)
palette = "viridis"
