open("/Users/petra/one.csv")
