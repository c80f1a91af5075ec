/** What gives a pandas table, as data. Dotted names are those that imports resolve to. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

/** Packages one of which a program imports if it has anything to do with pandas tables. */
export const TABLE_PACKAGES = words('pandas geopandas modin seaborn');

/** `frame`: a DataFrame; `series`: one column or row; `table`: one of the two. */
export type TableKind = 'frame' | 'series' | 'table';

const READERS = `read_csv read_parquet read_excel read_json read_table read_feather read_pickle read_sql read_sql_query
read_sql_table read_hdf read_orc read_stata read_sas read_spss read_xml read_fwf read_clipboard read_gbq`;

function all(module: string, kind: TableKind, names: string): [string, TableKind][] {
  return [...words(names)].map((name) => [`${module}.${name}`, kind]);
}

/** Functions and classes whose call gives a table. */
export const TABLE_FUNCTIONS: ReadonlyMap<string, TableKind> = new Map([
  ...all('pandas', 'frame', READERS),
  ...all('modin.pandas', 'frame', READERS),
  ...all('geopandas', 'frame', 'read_file read_parquet read_feather GeoDataFrame'),
  ...all(
    'pandas',
    'frame',
    `DataFrame merge merge_asof merge_ordered get_dummies melt pivot pivot_table crosstab json_normalize
wide_to_long lreshape DataFrame.from_dict DataFrame.from_records core.frame.DataFrame`,
  ),
  ...all('pandas', 'series', 'Series core.series.Series'),
  ...all('pandas', 'table', 'concat'),
  ...all('seaborn', 'frame', 'load_dataset'),
]);

/** Arguments with which a reader gives an iterator of tables, unless they are None or False. */
export const CHUNKING = words('chunksize iterator');

/** Methods of a frame that give a frame. */
export const FRAME_TO_FRAME = words(`
head tail copy dropna fillna ffill bfill interpolate drop drop_duplicates rename rename_axis reset_index set_index
reindex sort_values sort_index sample astype convert_dtypes infer_objects assign query filter select_dtypes join merge
replace where mask clip round abs diff shift rank cumsum cumprod cummax cummin pct_change nlargest nsmallest transpose
melt pivot pivot_table explode describe corr cov isna isnull notna notnull add sub mul div truediv floordiv mod
pow add_prefix add_suffix truncate map applymap transform set_axis combine_first take 
eq ne lt gt le ge isin tz_localize tz_convert between_time at_time first last asfreq append droplevel
swaplevel reorder_levels from_dict from_records to_period to_timestamp
`);

/** Methods of a frame that give a series. */
export const FRAME_TO_SERIES = words(`
mean sum min max median std var sem skew kurt prod product count nunique idxmin idxmax all any
duplicated memory_usage value_counts pop get
`);

/** Methods of a series that give a series. */
export const SERIES_TO_SERIES = words(`
head tail copy dropna fillna ffill bfill interpolate drop drop_duplicates rename sort_values sort_index sample astype
convert_dtypes infer_objects replace where mask clip round abs diff shift rank cumsum cumprod cummax cummin pct_change
nlargest nsmallest isna isnull notna notnull add sub mul div truediv floordiv mod pow map apply transform
combine_first value_counts explode isin between eq ne lt gt le ge duplicated reindex set_axis truncate mode describe
tz_localize tz_convert
`);

/** Methods of a series that give a frame. */
export const SERIES_TO_FRAME = words('to_frame unstack');

/** Methods of a table whose result is a frame or a series, one of the two. */
export const TO_TABLE = words('agg aggregate apply xs stack quantile');

/** Methods of a table that group or roll over its rows; aggregated, they give a table again. */
export const GROUPING = words('groupby rolling expanding resample ewm');

/** Methods that aggregate groups or windows. */
export const AGGREGATING = words(`
mean sum min max median std var sem count size nunique first last prod quantile agg aggregate apply transform head tail
nth describe cumsum cumprod cummax cummin shift diff rank ffill bfill fillna corr cov any all idxmin idxmax sample
filter ohlc pct_change value_counts
`);

/** Indexers: `frame.loc[rows, columns]`. */
export const INDEXERS = words('loc iloc');

/** Attributes of a table that are a table of the same kind. */
export const SAME_ATTRIBUTES = words('T');

/** Functions that give their tables back in parts: by which argument each result is known. */
export const SPLITTERS = words(`
sklearn.model_selection.train_test_split sklearn.model_selection._split.train_test_split
sklearn.utils.shuffle sklearn.utils.resample
`);

/** Functions that give a table of the same kind for the one table that they are given. */
export const KEEPING = words(`
copy.copy copy.deepcopy sklearn.utils.shuffle numpy.log numpy.log1p numpy.log2 numpy.log10 numpy.exp numpy.expm1
numpy.sqrt numpy.square numpy.abs numpy.absolute numpy.sign numpy.negative numpy.floor numpy.ceil numpy.isnan numpy.isfinite
`);

/** What only a table has, and a tensor has not: whoever asks for it expects a table. */
export const TABLE_ONLY = words(`
to_numpy values iloc loc columns to_dict iterrows itertuples dtypes select_dtypes to_records astype
`);
