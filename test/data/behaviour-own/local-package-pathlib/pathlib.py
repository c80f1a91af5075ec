NAME = 'mine'
