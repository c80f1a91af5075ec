#! only: install-in-notebook, shell-in-notebook
# %%
import sys
!{sys.executable} -m pip install --quiet "torch>=2"  #! install-in-notebook
!python3 -m pip uninstall -y torch  #! shell-in-notebook
%pip list  #! shell-in-notebook
%pip freeze > requirements.txt  #! shell-in-notebook
!sudo apt-get -qq update && sudo apt-get -y install ffmpeg  #! install-in-notebook
!sudo apt-get update  #! shell-in-notebook
!uv pip install polars  #! install-in-notebook
!echo "pip install polars"  #! shell-in-notebook
!cat install.sh  #! shell-in-notebook
# %%
%%bash  #! shell-in-notebook
set -e
pip install -q faiss-cpu  #! install-in-notebook
# pip install faiss-gpu  #~ install-in-notebook
mkdir -p index
echo "pip install nothing"  #~ install-in-notebook
conda install -y rdkit  #! install-in-notebook
# %%
%%sh  #~ shell-in-notebook
pip install umap-learn  #! install-in-notebook
# %%
pip install seaborn  #! install-in-notebook
# %%
try:
    import xgboost
except ImportError:
    !pip install xgboost  #! install-in-notebook
installed = !pip show xgboost  #! shell-in-notebook
command = "pip install xgboost"  #~ install-in-notebook
