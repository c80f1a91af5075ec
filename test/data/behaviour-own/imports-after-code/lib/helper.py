NAME = 'from lib'
