/**
 * Distributions (what `pip install` takes) of import names that are called otherwise. Sources: the distributions' own
 * `top_level.txt` or `RECORD` as published on the Python Package Index. A name that is not listed is its own
 * distribution's.
 */
const LISTED = `
Bio biopython
Crypto pycryptodome
Cryptodome pycryptodomex
MySQLdb mysqlclient
OpenGL PyOpenGL
OpenSSL pyOpenSSL
PIL pillow
attr attrs
bs4 beautifulsoup4
cairo pycairo
cv2 opencv-python
community python-louvain
cpuinfo py-cpuinfo
dateutil python-dateutil
dns dnspython
docx python-docx
dotenv python-dotenv
faiss faiss-cpu
fitz PyMuPDF
git GitPython
github PyGithub
googleapiclient google-api-python-client
hydra hydra-core
imblearn imbalanced-learn
jose python-jose
jwt PyJWT
magic python-magic
mpl_toolkits matplotlib
multipart python-multipart
nacl PyNaCl
osgeo GDAL
pkg_resources setuptools
pl_bolts lightning-bolts
pptx python-pptx
psycopg2 psycopg2-binary
pylab matplotlib
ruamel ruamel.yaml
serial pyserial
skimage scikit-image
sklearn scikit-learn
skopt scikit-optimize
slugify python-slugify
socks PySocks
sql ipython-sql
surprise scikit-surprise
talib TA-Lib
telegram python-telegram-bot
umap umap-learn
usb pyusb
yaml PyYAML
zmq pyzmq
`;

const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map(
  LISTED.trim()
    .split('\n')
    .map((line): [string, string] => {
      const [module = '', distribution = ''] = line.split(' ');
      return [module, distribution];
    }),
);

/** Below these, each package is a distribution of its own: `google.cloud.storage` is `google-cloud-storage`. */
const NAMESPACES = /^google\.cloud\.(\w+)/;

/** The distribution that brings a module, by the module's dotted name. */
export function distributionOf(module: string): string {
  const cloud = NAMESPACES.exec(module)?.[1];
  if (cloud !== undefined) return `google-cloud-${cloud.replaceAll('_', '-')}`;
  const [first = module] = module.split('.');
  return DISTRIBUTIONS.get(first) ?? first.replaceAll('_', '-');
}

/** Names of modules that authors give their own files: nobody means a distribution by them. */
const OF_AUTHORS =
  /^(?:helpers?|utils?|utilities|models?|data|datasets?_?loader|data_?utils?|dataloaders?|config|configs|settings|common|functions?|networks?|layers?|losses|train(?:er|ing)?|preprocess(?:ing)?|features?|plotting|plots?|visuali[sz]ation|metrics|constants|tools|lib|src|my_\w+|\w+_(?:model|models|utils?|helpers?|functions|lib|tests?|unittests?))$/;

/** Whether a module that is not there is the author's own file rather than a distribution. */
export function isAuthorsModule(module: string): boolean {
  return OF_AUTHORS.test(module.split('.')[0]!);
}
