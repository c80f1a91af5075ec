raise SystemExit('the wrong yaml')
