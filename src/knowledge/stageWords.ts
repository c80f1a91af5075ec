/** What calls do with a table, in words: for the names and the docstrings of stages. */

/** A method that looks at a table: the name of a stage that only does this, and what it shows. */
export const LOOKS: ReadonlyMap<
  string,
  { readonly name: (subject: string) => string; readonly phrase: string }
> = new Map([
  look('head', 'preview', 'the first rows'),
  look('tail', 'preview_end_of', 'the last rows'),
  look('sample', 'preview_sample_of', 'some rows'),
  look('describe', 'describe', 'summary statistics'),
  look('info', 'inspect', 'the column types'),
  look('value_counts', 'count', 'value counts'),
  look('unique', 'list', 'the distinct values'),
  look('nunique', 'count_distinct', 'the number of distinct values'),
  look('corr', 'correlate', 'the correlations'),
  look('isna', 'count_missing', 'the missing values'),
  look('isnull', 'count_missing', 'the missing values'),
]);

function look(
  method: string,
  verb: string,
  phrase: string,
): [string, { name: (subject: string) => string; phrase: string }] {
  return [method, { name: (subject) => `${verb}_${subject}`, phrase }];
}

/** Attributes of a table that are shown. */
export const ATTRIBUTE_LOOKS: ReadonlyMap<string, string> = new Map([
  ['shape', 'the shape'],
  ['columns', 'the columns'],
  ['dtypes', 'the column types'],
  ['index', 'the index'],
]);

/** What a function, class or method does with data, as a stage that does nothing else is called. */
export const STEPS: ReadonlyMap<string, string> = new Map([
  ['dropna', 'drop_missing_values'],
  ['fillna', 'fill_missing_values'],
  ['drop_duplicates', 'drop_duplicates'],
  ['get_dummies', 'encode_categories'],
  ['merge', 'merge_tables'],
  ['concat', 'combine_tables'],
  ['groupby', 'group_rows'],
  ['pivot_table', 'pivot_table'],
  ['to_datetime', 'parse_dates'],
  ['fit_resample', 'resample_data'],
  ['fit_transform', 'transform_features'],
  ['StandardScaler', 'scale_features'],
  ['MinMaxScaler', 'scale_features'],
  ['RobustScaler', 'scale_features'],
  ['OneHotEncoder', 'encode_categories'],
  ['OrdinalEncoder', 'encode_categories'],
  ['LabelEncoder', 'encode_labels'],
  ['SimpleImputer', 'impute_missing_values'],
  ['DataLoader', 'make_data_loaders'],
  ['TfidfVectorizer', 'vectorize_texts'],
  ['CountVectorizer', 'vectorize_texts'],
  ['rename', 'rename_columns'],
  ['to_categorical', 'encode_labels'],
  ['sort_values', 'sort_rows'],
  ['astype', 'convert_types'],
]);
