// Set before the behaviour tests are loaded: every case is put to every command.
process.env['GRADUATE_EVERY'] = '1';
