print('this must not be imported')
