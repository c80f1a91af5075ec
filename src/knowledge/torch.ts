/**
 * PyTorch as data: what is a module, what switches gradients off, and where a gradient ends. Dotted names are those
 * that imports resolve to.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

/** Packages one of which a program imports if it has anything to do with torch modules. */
export const TORCH_PACKAGES = words(`
torch torchvision torchaudio timm transformers peft lightning pytorch_lightning accelerate diffusers
segmentation_models_pytorch efficientnet_pytorch torch_geometric monai torchmetrics fairscale
`);

/** Base classes that make a class a module. */
export const MODULE_BASES = words(`
torch.nn.Module torch.nn.modules.module.Module torch.nn.modules.Module torch.nn.Sequential
torch.nn.modules.container.Sequential torch.nn.ModuleList torch.nn.ModuleDict torch.jit.ScriptModule
transformers.PreTrainedModel transformers.modeling_utils.PreTrainedModel
torchvision.models.ResNet torchvision.models.resnet.ResNet torch_geometric.nn.MessagePassing
`);

/** Modules whose hooks a trainer calls, in the gradient mode that it chooses. */
export const LIGHTNING_BASES = words(`
lightning.LightningModule lightning.pytorch.LightningModule lightning.pytorch.core.LightningModule
pytorch_lightning.LightningModule pytorch_lightning.core.LightningModule
pytorch_lightning.core.lightning.LightningModule
`);

/** Annotations that say no more than "a module". */
export const MODULE_ANNOTATIONS = words(`
torch.nn.Module torch.nn.modules.module.Module torch.nn.modules.Module torch.jit.ScriptModule
transformers.PreTrainedModel torch.nn.parallel.DistributedDataParallel torch.nn.DataParallel
`);

/** Calls that give a module which has parameters; a trailing dot stands for everything below. */
export const MODULE_BUILDERS: readonly RegExp[] = [
  /^torchvision\.models\.(?:\w+\.)*(?!(?:list_models|get_weight|get_model_weights|get_model_builder|list|feature_extraction)$)\w+$/,
  /^torchvision\.models\.feature_extraction\.create_feature_extractor$/,
  /^torchaudio\.models\.\w+$/,
  /^timm\.create_model$|^timm\.models\.(?:\w+\.)*create_model$/,
  /^torch\.jit\.load$/,
  /^(?:peft\.get_peft_model|peft\.Peft\w*Model\w*\.from_pretrained)$/,
  /^transformers\.(?:\w+\.)*(?!TF|Flax)(?:\w*Model|\w*Model(?:For|With)\w+|\w+For[A-Z]\w*|\w+LMHeadModel|\w*Encoder)(?:\.from_pretrained|\.from_config|\._from_config)?$/,
  /^diffusers\.(?:\w+\.)*(?:UNet|Autoencoder|VQ|ControlNet|Transformer)\w*\.from_pretrained$/,
  /^segmentation_models_pytorch\.(?:\w+\.)*[A-Z]\w*$|^segmentation_models_pytorch\.create_model$/,
  /^efficientnet_pytorch\.EfficientNet\.(?:from_pretrained|from_name)$/,
  /^torch_geometric\.nn\.(?:models\.)?[A-Z]\w*$/,
  /^monai\.networks\.nets\.(?:\w+\.)*[A-Z]\w*$/,
];

/** Names that the patterns above would take for modules. */
export const NOT_MODULES: readonly RegExp[] = [
  /_Weights$|Config(?:\.\w+)?$|Tokenizer|Processor|FeatureExtractor|Output$|^transformers\.(?:\w+\.)*\w*(?:Trainer|Collator|DataCollatorFor)\w*$/,
];

/** `torch.nn.X` that holds no parameters: calling it is no inference. Losses are told by their names. */
export const PARAMETER_FREE = words(`
Identity Flatten Unflatten Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout
ReLU ReLU6 LeakyReLU RReLU ELU CELU SELU GELU SiLU Mish Hardswish Hardsigmoid Hardtanh Hardshrink Softshrink
Tanhshrink Threshold GLU Sigmoid LogSigmoid Tanh Softmax Softmin Softmax2d LogSoftmax Softplus Softsign
MaxPool1d MaxPool2d MaxPool3d AvgPool1d AvgPool2d AvgPool3d AdaptiveAvgPool1d AdaptiveAvgPool2d
AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d LPPool1d LPPool2d FractionalMaxPool2d
FractionalMaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d Upsample UpsamplingNearest2d UpsamplingBilinear2d
PixelShuffle PixelUnshuffle ChannelShuffle Fold Unfold ZeroPad1d ZeroPad2d ZeroPad3d ConstantPad1d ConstantPad2d
ConstantPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d
ReplicationPad3d CircularPad1d CircularPad2d CosineSimilarity PairwiseDistance InstanceNorm1d InstanceNorm2d
`);

/** `torch.nn.X` that is no module although its name begins with a capital. */
export const NOT_CALLABLE_NN = words('Parameter ParameterList ParameterDict Buffer UninitializedParameter');

/**
 * Functions that give back the module that they are given first, changed or wrapped. Freezing and quantising are not
 * among them: what they give has no parameters left.
 */
export const MODULE_WRAPPERS = words(`
torch.nn.DataParallel torch.nn.parallel.DataParallel torch.nn.parallel.DistributedDataParallel
torch.distributed.fsdp.FullyShardedDataParallel torch.compile torch.jit.script torch.jit.trace
torch.nn.utils.weight_norm torch.nn.utils.spectral_norm
torch.nn.utils.parametrizations.weight_norm torch.nn.utils.parametrizations.spectral_norm
torch.nn.SyncBatchNorm.convert_sync_batchnorm torch.optim.swa_utils.AveragedModel
torch.fx.symbolic_trace copy.deepcopy copy.copy peft.prepare_model_for_kbit_training
torchvision.models.feature_extraction.create_feature_extractor builtins.next
`);

/** Methods of a module that give back the module. */
export const MODULE_SELF_METHODS = words(`
to cuda cpu eval train half float double bfloat16 type requires_grad_ share_memory apply to_empty xpu ipu
merge_and_unload
`);

/** What only modules are asked for; whoever answers it and is then called is a module. */
export const MODULE_ONLY_METHODS = words('load_state_dict parameters named_parameters state_dict zero_grad');

/** Attributes of library modules that compute with their parameters when called. */
export const COMPUTING_ATTRIBUTES = words(`
features classifier backbone encoder decoder head fc base_model forward_features forward_head get_text_features
get_image_features encode_image encode_text embeddings bert roberta distilbert vision_model text_model
`);

/** Where gradients are switched, whichever way: whoever uses them has thought about it. */
export const GRADIENT_MODES = words(`
torch.no_grad torch.inference_mode torch.set_grad_enabled torch.enable_grad
torch.autograd.no_grad torch.autograd.inference_mode torch.autograd.set_grad_enabled torch.autograd.enable_grad
torch.autograd.grad_mode.no_grad torch.autograd.grad_mode.inference_mode
torch.autograd.grad_mode.set_grad_enabled torch.autograd.grad_mode.enable_grad
torch._C._set_grad_enabled
`);

/** As a statement of its own, it switches gradients for all that follows. */
export const GLOBAL_SWITCHES = words(`
torch.set_grad_enabled torch.autograd.set_grad_enabled torch.autograd.grad_mode.set_grad_enabled
torch._C._set_grad_enabled
`);

/** Methods and attributes of a tensor that need its graph. */
export const GRAPH_METHODS = words(`
backward requires_grad_ retain_grad register_hook register_post_accumulate_grad_hook
`);
export const GRAPH_ATTRIBUTES = words('grad grad_fn');

/** Methods that compare two tensors. */
export const COMPARING_METHODS = words(`
eq ne gt lt ge le greater less greater_equal less_equal not_equal
`);

/** Methods whose result has no gradient although it stands for the values. */
export const ENDING_METHODS = words(`
numpy tolist item detach detach_ argmax argmin argsort eq ne gt lt ge le greater less greater_equal less_equal
not_equal bool int long short byte char bincount multinomial nonzero sample searchsorted __array__ to_numpy
bernoulli unique histc
`);
export const ENDING_ATTRIBUTES = words('data indices');

/** Methods that, given a dimension, give values and indices. */
export const INDEX_METHODS = words('max min topk sort median mode kthvalue cummax cummin nanmedian');

/** What says something about a tensor but not about its values. */
export const SHAPE_METHODS = words(`
size dim ndimension numel nelement stride storage_offset element_size get_device is_contiguous data_ptr
is_floating_point type isnan isinf isfinite isreal keys allclose isclose equal
`);
export const SHAPE_ATTRIBUTES = words(`
shape ndim device dtype is_cuda itemsize nbytes layout names is_sparse is_quantized
`);

/** `torch.X` whose result has no gradient. */
export const ENDING_FUNCTIONS = words(`
argmax argmin argsort save eq ne gt lt ge le greater less greater_equal less_equal not_equal bincount multinomial bernoulli bucketize histc searchsorted unique nonzero
`);

/** `torch.X` that says nothing about the values. */
export const SHAPE_FUNCTIONS = words(
  'is_tensor numel isnan isinf isfinite is_floating_point typename result_type',
);

/** Functions of torch and kin that need the graph; a trailing dot stands for everything below. */
export const GRAPH_FUNCTIONS: readonly string[] = [
  'torch.autograd.grad',
  'torch.autograd.backward',
  'torch.autograd.functional.',
  'torch.autograd.forward_ad.',
  'torch.func.',
  'functorch.',
  'captum.',
  'torchviz.',
  'higher.',
  'backpack.',
];

/** Tools that explain or attack a model through its gradients; who hands them a model wants its graph. */
export const GRADIENT_TOOLS = words(`
captum torchcam pytorch_grad_cam torchattacks foolbox art advertorch cleverhans shap zennit innvestigate higher
functorch torchviz autoattack robustness lucent gradcam
`);

/** Methods of any tensor that take another one and give a third. */
export const BINARY_METHODS = words(`
matmul mm bmm dot mv mul multiply add sub subtract div divide pow where masked_fill scatter index_select gather
view_as expand_as type_as log_prob maximum minimum lerp cross outer kron
`);

/** Builtins whose result has no gradient. */
export const ENDING_BUILTINS = words('print float int bool str repr format ascii complex hash');
/** Builtins that say nothing about the values. */
export const SHAPE_BUILTINS = words('len type isinstance id hasattr callable dir any all vars');
/** Builtins that compute with the values or hand them on. */
export const CARRYING_BUILTINS = words('sum max min abs pow round getattr divmod reversed sorted filter');

/** Packages whose functions compute with tensors and keep their graph. */
export const CARRYING_PACKAGES = words(`
torch torchvision torchaudio timm einops kornia torch_scatter torch_geometric segmentation_models_pytorch opt_einsum
`);

/** Methods of `accelerate.Accelerator` that give back what they are given. */
export const GATHERING_METHODS = words('gather gather_for_metrics pad_across_processes reduce unwrap_model');

/** Packages whose functions take values and never send gradients back. */
export const GRADIENT_FREE_PACKAGES = words(`
numpy scipy pandas polars sklearn matplotlib seaborn plotly PIL cv2 skimage imageio json pickle joblib csv logging
wandb mlflow comet_ml neptune tensorboardX tensorboard statistics math pprint pathlib io os sys xarray h5py
evaluate datasets rich loguru tqdm streamlit gradio fastapi flask redis requests base64 struct array warnings
IPython tabulate faiss nltk sacrebleu jiwer seqeval pycocotools medpy SimpleITK nibabel soundfile librosa
`);

/** Parts of torch and kin that take values and never send gradients back. */
export const GRADIENT_FREE_PREFIXES: readonly string[] = [
  'torch.save',
  'torch.utils.tensorboard.',
  'torchvision.utils.',
  'torchvision.transforms.ToPILImage',
  'torchvision.transforms.functional.to_pil_image',
  'torchvision.transforms.v2.functional.to_pil_image',
  'torchaudio.save',
  'torcheval.',
  'ignite.metrics.',
  'ignite.contrib.',
];

/** Metrics: their results end, but some are used as losses, so the result is followed. */
export const METRIC_PACKAGES = words('torchmetrics');

/** Bases of classes whose methods somebody else calls, in the gradient mode that was chosen there, if any. */
export const HARMLESS_BASES = words(`
builtins.object abc.ABC abc.ABCMeta typing.Protocol typing.Generic typing.NamedTuple enum.Enum threading.Thread
multiprocessing.Process torch.utils.data.Dataset torch.utils.data.dataset.Dataset torch.utils.data.IterableDataset
pydantic.BaseModel unittest.TestCase cog.BasePredictor kserve.Model mlflow.pyfunc.PythonModel
ts.torch_handler.base_handler.BaseHandler sklearn.base.BaseEstimator sklearn.base.ClassifierMixin
sklearn.base.TransformerMixin sklearn.base.RegressorMixin builtins.Exception collections.UserDict
`);

/** How parameters of functions that compute a loss are called everywhere; see `gradientUse.ts` on how far it counts. */
export const LOSS_PARAMETER =
  /^(?:criterion\w*|criteria|loss|loss_?fn|loss_?func(?:tion)?|lossfunc|objective)$/i;

/** `torch.nn.X` that does something else in evaluation mode than in training mode, whatever its arguments. */
export const MODE_LAYERS = words(`
Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout RReLU
BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d
Transformer TransformerEncoderLayer TransformerDecoderLayer AdaptiveLogSoftmaxWithLoss
`);

/** `torch.nn.X` that does so only with such an argument. */
export const MODE_ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ...['RNN', 'LSTM', 'GRU', 'MultiheadAttention'].map((name) => [name, 'dropout'] as const),
  ...['InstanceNorm1d', 'InstanceNorm2d', 'InstanceNorm3d'].map(
    (name) => [name, 'track_running_stats'] as const,
  ),
]);

/** `torch.nn.X` that does what the modules do that it is given. */
export const CONTAINER_LAYERS = words(
  'Sequential ModuleList ModuleDict TransformerEncoder TransformerDecoder DataParallel',
);

/** Packages whose functions neither hold a layer nor change a module's mode. */
export const MODE_FREE_PACKAGES = words(`
builtins math numpy einops functools itertools typing logging copy random collections os warnings time json pathlib
torchsummary torchinfo wandb mlflow dataclasses abc operator re sys enum
`);

/** Functions that are given a module and leave its mode as it is; a trailing dot stands for everything below. */
export const MODE_KEEPING: readonly string[] = [
  'torch.optim.',
  'torch.save',
  'torch.nn.utils.',
  'torch.nn.functional.',
  'torch.nn.init.',
  'torch.compile',
  'torch.manual_seed',
  'safetensors.torch.',
  'accelerate.',
  'torch_ema.',
  'thop.',
  'fvcore.',
];
