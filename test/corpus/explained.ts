/** Differences from CPython that are known and harmless: the start of the message, and why. */
export const EXPLAINED: Readonly<Record<string, string>> = {
  'test/tokenizedata/bad_coding2.py: ':
    'a byte-order mark goes together with any spelling of UTF-8, on purpose',
  'test/test_print.py: ':
    '`print >> f, x` is taken for the statement of Python 2, as CPython itself does in its hint',
  'test/test_exceptions.py: ':
    'a statement that is nested more deeply than any recursion here bears is left out, on purpose',
  'test/test_compile.py: ':
    'the grammar knows no line break behind a dot within parentheses with less indent below it',
};
