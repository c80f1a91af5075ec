/**
 * Which argument of a call names a file or folder. Sources: the libraries' own API references.
 *
 * An entry is a list of positions and keyword names: `0 filepath_or_buffer`. A position counts from zero; for a class
 * it counts without `self`.
 */
export interface FileArgument {
  readonly positions: readonly number[];
  readonly keywords: readonly string[];
  /**
   * `read` and `write` open the file; `path` asks about it or names a folder; `list` reads the names in a folder;
   * `maybe` takes a path or something else (a Hub id, a name), so that only unmistakable paths count.
   */
  readonly use: FileUse;
}

export type FileUse = 'read' | 'write' | 'path' | 'list' | 'maybe';

function entry(use: FileUse, spec: string): FileArgument {
  const words = spec.split(' ');
  return {
    positions: words.filter((word) => /^[0-9]+$/.test(word)).map(Number),
    keywords: words.filter((word) => !/^[0-9]+$/.test(word)),
    use,
  };
}

/** `use | argument spec | names under a common prefix`, one call family per line. */
const CALLS = `
read | 0 file | builtins. open
read | 0 file | io. open open_code
read | 0 filename | codecs. open
read | 0 filename | gzip. open GzipFile
read | 0 filename | bz2. open BZ2File
read | 0 filename | lzma. open LZMAFile
read | 0 name | tarfile. open is_tarfile
read | 0 file | zipfile. ZipFile is_zipfile
read | 0 filename | shelve. open
read | 0 file | dbm. open
read | 0 database | sqlite3. connect
read | 0 filename | fileinput. input
read | 0 file | wave. open
read | 0 path | runpy. run_path
read | 0 filepath_or_buffer | pandas. read_csv read_table read_fwf read_sas read_spss read_stata read_pickle
read | 0 path path_or_buf | pandas. read_parquet read_feather read_orc read_hdf read_json
read | 0 io path_or_buffer | pandas. read_excel ExcelFile read_xml
write | 0 path path_or_buf | pandas. HDFStore ExcelWriter
read | 0 source file | polars. read_csv read_parquet read_json read_ndjson read_ipc read_excel read_avro scan_csv scan_parquet scan_ndjson scan_ipc
read | 0 urlpath path | dask.dataframe. read_csv read_parquet read_json read_table read_hdf
read | 0 source path | pyarrow.parquet. read_table ParquetFile ParquetDataset read_pandas
write | 1 where | pyarrow.parquet. write_table
read | 0 source | pyarrow.feather. read_feather read_table
write | 1 dest | pyarrow.feather. write_feather
read | 0 input_file | pyarrow.csv. read_csv open_csv
read | 0 file | numpy. load fromfile memmap
read | 0 fname | numpy. loadtxt genfromtxt
write | 0 file fname | numpy. save savez savez_compressed savetxt
read | 0 filename | scipy.io. loadmat whosmat
write | 0 file_name | scipy.io. savemat
read | 0 filename | scipy.io.wavfile. read
write | 0 filename | scipy.io.wavfile. write
read | 0 file | scipy.sparse. load_npz
write | 0 file | scipy.sparse. save_npz
read | 0 filename | joblib. load
write | 1 filename | joblib. dump
path | 0 location | joblib. Memory
read | 0 f | torch. load
write | 1 f | torch. save
read | 0 f | torch.jit. load
write | 1 f | torch.jit. save
write | 2 f | torch.onnx. export
read | 0 filename | safetensors.torch. load_file load_model
write | 1 filename | safetensors.torch. save_file save_model
read | 0 filename | safetensors.numpy. load_file
read | 0 root | torchvision.datasets. ImageFolder DatasetFolder MNIST FashionMNIST CIFAR10 CIFAR100 SVHN STL10 VOCDetection CocoDetection ImageNet Flowers102
read | 0 path filename | torchvision.io. read_image read_video decode_image
write | 1 fp | torchvision.utils. save_image
read | 0 filepath uri | torchaudio. load info
write | 0 filepath uri | torchaudio. save
write | 0 log_dir | torch.utils.tensorboard. SummaryWriter
write | 0 logdir log_dir | tensorboardX. SummaryWriter
read | 0 filepath | tensorflow.keras.models. load_model
write | 1 filepath | tensorflow.keras.models. save_model
read | 0 filepath | keras.models. load_model
read | 0 filepath | keras.saving. load_model
read | 0 directory | tensorflow.keras.utils. image_dataset_from_directory text_dataset_from_directory
read | 0 directory | keras.utils. image_dataset_from_directory text_dataset_from_directory
read | 0 path | tensorflow.keras.preprocessing.image. load_img
read | 0 directory | tensorflow.keras.preprocessing. image_dataset_from_directory text_dataset_from_directory
write | 0 filepath | tensorflow.keras.callbacks. ModelCheckpoint CSVLogger
write | 0 filepath filename | keras.callbacks. ModelCheckpoint CSVLogger
write | 0 log_dir | tensorflow.keras.callbacks. TensorBoard
read | 0 filenames | tensorflow.data. TFRecordDataset TextLineDataset
read | 0 filename | tensorflow.io. read_file
read | 0 name | tensorflow.io.gfile. GFile
read | 0 export_dir | tensorflow.saved_model. load
write | 1 export_dir | tensorflow.saved_model. save
read | 0 model_file | lightgbm. Booster
maybe | 0 data | lightgbm. Dataset
maybe | 0 data | xgboost. DMatrix
read | 0 filename | cv2. imread VideoCapture
write | 0 filename | cv2. imwrite VideoWriter
read | 0 fp | PIL.Image. open
read | 0 font | PIL.ImageFont. truetype
read | 0 uri | imageio. imread mimread get_reader
write | 0 uri | imageio. imwrite mimwrite mimsave get_writer
read | 0 uri | imageio.v2. imread
read | 0 uri | imageio.v3. imread
write | 0 uri | imageio.v2. imwrite mimsave
write | 0 uri | imageio.v3. imwrite
read | 0 fname | skimage.io. imread
write | 0 fname | skimage.io. imsave
read | 0 load_pattern | skimage.io. imread_collection
read | 0 fname | matplotlib.pyplot. imread
write | 0 fname | matplotlib.pyplot. savefig imsave
read | 0 fname | matplotlib.image. imread
read | 0 path | librosa. load
read | 0 file | soundfile. read SoundFile info
write | 0 file | soundfile. write
read | 0 name | h5py. File
read | 0 filename | netCDF4. Dataset
read | 0 filename_or_obj filename_or_obj | xarray. open_dataset open_dataarray load_dataset load_dataarray open_zarr
read | 0 paths | xarray. open_mfdataset
read | 0 store | zarr. open open_group open_array load
read | 0 filename | geopandas. read_file read_parquet
read | 0 fp | rasterio. open
read | 0 fname | anndata. read_h5ad
read | 0 filename | scanpy. read read_h5ad read_csv
read | 0 filename | nibabel. load
read | 0 fp | pydicom. dcmread
read | 0 model_path path | gensim.models. Word2Vec.load KeyedVectors.load Doc2Vec.load
read | 0 fname | gensim.models.KeyedVectors. load_word2vec_format load
read | 0 path | fasttext. load_model train_supervised train_unsupervised
maybe | 0 name | spacy. load
maybe | 0 path | datasets. load_dataset
read | 0 dataset_path | datasets. load_from_disk
maybe | 0 pretrained_model_name_or_path | transformers. AutoModel.from_pretrained AutoTokenizer.from_pretrained AutoConfig.from_pretrained
maybe | 0 model_name_or_path | sentence_transformers. SentenceTransformer
read | 0 path_or_bytes path_or_bytes | onnxruntime. InferenceSession
read | 0 f | onnx. load
write | 1 f | onnx. save
read | 0 file filename | pickle. Unpickler
read | 0 dotenv_path | dotenv. load_dotenv dotenv_values
path | 0 path | os. stat lstat remove unlink mkdir makedirs rmdir removedirs access chmod truncate utime open
path | 0 1 src dst | os. rename replace link symlink
list | 0 path | os. listdir scandir
list | 0 top | os. walk fwalk
path | 0 path | os.path. exists isfile isdir getsize getmtime getctime getatime islink
path | 0 1 src dst | shutil. copy copy2 copyfile move copymode
list | 0 1 src dst | shutil. copytree
path | 0 path | shutil. rmtree disk_usage
list | 0 base_name | shutil. make_archive
path | 0 1 filename extract_dir | shutil. unpack_archive
list | 0 pathname | glob. glob iglob
write | 0 filename | logging. FileHandler
write | 0 filename | logging.handlers. RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler
`;

/** Keyword arguments that name a file whatever the position of the others. */
const KEYWORDS = `
write | filename | logging. basicConfig
read | data_files | datasets. load_dataset
read | data_dir | datasets. load_dataset
write | cache_dir | datasets. load_dataset
read | xgb_model | xgboost. train
`;

function table(): Map<string, FileArgument> {
  const calls = new Map<string, FileArgument>();
  for (const line of `${CALLS}${KEYWORDS}`.split('\n')) {
    const [use, spec, names] = line.split('|').map((part) => part.trim());
    if (!use || !spec || !names) continue;
    const [prefix = '', ...rest] = names.split(' ');
    for (const name of rest) {
      const before = calls.get(prefix + name);
      const added = entry(use as FileUse, spec);
      calls.set(
        prefix + name,
        before
          ? {
              ...before,
              positions: [...before.positions, ...added.positions],
              keywords: [...before.keywords, ...added.keywords],
            }
          : added,
      );
    }
  }
  return calls;
}

/** By the dotted name of the callee. */
export const FILE_ARGUMENTS: ReadonlyMap<string, FileArgument> = table();

/** Methods whose name alone says that the argument is a file, whatever the object is. */
export const FILE_METHODS: ReadonlyMap<string, FileArgument> = new Map<string, FileArgument>([
  ...[
    'to_csv',
    'to_parquet',
    'to_pickle',
    'to_json',
    'to_excel',
    'to_hdf',
    'to_feather',
    'to_stata',
    'to_orc',
    'to_xml',
  ].map((name): [string, FileArgument] => [
    name,
    entry('write', '0 path path_or_buf path_or_buffer excel_writer'),
  ]),
  ...['to_netcdf', 'to_zarr', 'write_csv', 'write_parquet', 'write_json', 'write_ipc', 'sink_parquet'].map(
    (name): [string, FileArgument] => [name, entry('write', '0 path file store')],
  ),
  ['savefig', entry('write', '0 fname')],
  ['load_weights', entry('read', '0 filepath')],
  ['save_weights', entry('write', '0 filepath')],
  ['save_model', entry('write', '0 fname filename filepath')],
  ['load_model', entry('read', '0 fname filename filepath')],
  ['save_pretrained', entry('write', '0 save_directory')],
  ['from_pretrained', entry('maybe', '0 pretrained_model_name_or_path')],
  ['flow_from_directory', entry('read', '0 directory')],
  ['load_from_checkpoint', entry('read', '0 checkpoint_path')],
  ['save_checkpoint', entry('write', '0 filepath')],
  ['extractall', entry('write', '0 path')],
]);

/** Methods of `pathlib.Path` that use the path they are called on. */
export const PATH_METHODS: ReadonlyMap<string, FileUse> = new Map<string, FileUse>([
  ...['read_text', 'read_bytes', 'open'].map((name): [string, FileUse] => [name, 'read']),
  ...['write_text', 'write_bytes', 'touch'].map((name): [string, FileUse] => [name, 'write']),
  ...[
    'exists',
    'is_file',
    'is_dir',
    'mkdir',
    'stat',
    'unlink',
    'rmdir',
    'rename',
    'replace',
    'symlink_to',
  ].map((name): [string, FileUse] => [name, 'path']),
  ...['iterdir', 'glob', 'rglob', 'walk'].map((name): [string, FileUse] => [name, 'list']),
]);

/** Calls that read a configuration file: their path cannot come from the configuration. */
export const CONFIG_READERS: ReadonlySet<string> = new Set([
  'yaml.safe_load',
  'yaml.load',
  'yaml.full_load',
  'tomllib.load',
  'tomllib.loads',
  'tomli.load',
  'toml.load',
  'omegaconf.OmegaConf.load',
  'configparser.ConfigParser.read',
  'dotenv.load_dotenv',
  'dotenv.dotenv_values',
]);
