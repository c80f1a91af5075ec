open("/Users/petra/two.csv")
