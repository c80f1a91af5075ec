#! only: working-directory-change
# %%
!cd /content && ls  #~ working-directory-change
# %%
%pushd data  #! working-directory-change
files = !ls
%popd  #! working-directory-change
# %%
if files:
    %cd -q ..  #! working-directory-change
# %%
%%bash
cd /tmp  #~ working-directory-change
# %%
get_ipython().run_line_magic("cd", "/content")  #! working-directory-change
text = """
%cd /content
"""
