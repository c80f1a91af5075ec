import { notebookSource } from '../../../support/analysis';
import { judgeRule } from './judge';

judgeRule(
  'working-directory-change',
  {
    'reading the search path': 'import sys\nfor p in sys.path:\n    print(p)\nsys.path.remove("x")\n',
    'the list of somebody else': 'def f(path):\n    path.append("x")\n',
    'a path attribute that is not the module search path':
      'class C: ...\nc = C()\nc.path = []\nc.path += ["x"]\n',
    'a fixture goes back by itself': 'def test_a(monkeypatch, tmp_path):\n    monkeypatch.chdir(tmp_path)\n',
    'a context goes back by itself': 'import contextlib\nwith contextlib.chdir("x"):\n    pass\n',
    'a function of that name': 'def chdir(x): ...\nchdir("x")\n',
    'a text': 'note = "then %cd back and os.chdir(x)"\n',
    'a shell that goes elsewhere': notebookSource('n.ipynb', [
      '!cd data && ls\n',
      '%%bash\ncd data\n',
      '%pwd\n',
    ]),
    'an object with a magic method': 'wand.magic("cd ..")\n',
  },
  {
    'os.chdir, however it is imported': [
      'import os as o\nfrom os import chdir as go\no.chdir("x")\ngo("y")\nwalk = o.chdir\nwalk("z")\n',
      ['3:0 warning', '4:0 warning', '6:0 warning'],
    ],
    'the search path in every form': [
      'import sys\nfrom sys import path\nsys.path.append("..")\nsys.path.insert(0, "x")\npath.extend(["y"])\nsys.path += ["z"]\nsys.path[:0] = ["a"]\nsys.path = ["b"] + sys.path\nimport site\nsite.addsitedir("c")\n',
      ['3:0', '4:0', '5:0', '6:0', '7:0', '8:0', '10:0'].map((place) => `${place} warning`),
    ],
    magics: [
      notebookSource('n.ipynb', ['%cd /content\n', 'x = 1\n%pushd ..\n%popd\n', 'if x:\n    %cd data\n']),
      ['0/1:0 warning', '1/2:0 warning', '1/3:0 warning', '2/2:4 warning'],
    ],
    'an exported notebook': [
      'get_ipython().run_line_magic("cd", "/content")\nget_ipython().magic("cd ..")\n',
      ['1:0 warning', '2:0 warning'],
    ],
  },
);
