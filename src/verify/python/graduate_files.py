"""Digests of files by what they hold: `python graduate_files.py JOB ANSWERS`, JOB a JSON list of paths; writes a JSON object to ANSWERS.

Pickles are loaded, as the program that wrote them a moment ago could have done. Classes that are not installed (those of
the program itself) are stood for by empty ones of the same name.
"""

import gzip
import io
import json
import os
import pickle
import sys
import zipfile

import graduate_values


class Stand:
    """Stands for a class of the program: keeps what a pickle says of an instance."""

    def __new__(cls, *arguments, **keywords):
        made = object.__new__(cls)
        if arguments or keywords:
            made.__dict__["made with"] = [list(arguments), keywords]
        return made

    def __init__(self, *arguments, **keywords):
        pass

    def __setstate__(self, state):
        self.__dict__["state"] = state

    def __call__(self, *arguments, **keywords):
        return (type(self).__qualname__, arguments, keywords)


def stand_for(name):
    return type(name.rpartition(".")[2], (Stand,), {"__qualname__": name, "__module__": "__main__"})


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module != "__main__":
            try:
                return super().find_class(module, name)
            except (ImportError, AttributeError):
                pass
        return stand_for(name)


class PickleModule:
    """What `torch.load` and others take for the module `pickle`."""

    Unpickler = Unpickler
    UnpicklingError = pickle.UnpicklingError
    HIGHEST_PROTOCOL = pickle.HIGHEST_PROTOCOL

    @staticmethod
    def load(file, **options):
        return Unpickler(file, **options).load()

    @staticmethod
    def loads(data, **options):
        return Unpickler(io.BytesIO(data), **options).load()


def load_pickle(path):
    with open(path, "rb") as file:
        start = file.read(2)
        file.seek(0)
        stream = gzip.open(file) if start == b"\x1f\x8b" else file
        return Unpickler(stream).load()


def load_joblib(path):
    from joblib import numpy_pickle

    own = numpy_pickle.NumpyUnpickler.find_class
    if not getattr(own, "is_graduate", False):

        def find_class(self, module, name):
            if module != "__main__":
                try:
                    return own(self, module, name)
                except (ImportError, AttributeError):
                    pass
            return stand_for(name)

        find_class.is_graduate = True
        numpy_pickle.NumpyUnpickler.find_class = find_class
    return numpy_pickle.load(path)


def load_torch(path):
    import torch

    return torch.load(path, map_location="cpu", weights_only=False, pickle_module=PickleModule)


def load_numpy(path):
    import numpy

    try:
        return numpy.load(path)
    except ValueError:
        return numpy.load(path, allow_pickle=True)


def load_npz(path):
    with load_numpy(path) as archive:
        return {name: archive[name] for name in sorted(archive.files)}


def load_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def load_parquet(path):
    import pandas

    return pandas.read_parquet(path)


def load_feather(path):
    import pandas

    return pandas.read_feather(path)


def load_image(path):
    import numpy
    from PIL import Image

    with Image.open(path) as image:
        return [image.mode, numpy.asarray(image)]


def load_gzip(path):
    with gzip.open(path) as file:
        return file.read()


def load_zip(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


def load_workbook(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets}


def load_sqlite(path):
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def load_hdf(path):
    import h5py

    def content(group):
        attributes = {name: group.attrs[name] for name in sorted(group.attrs)}
        if isinstance(group, h5py.Dataset):
            return [attributes, group[()]]
        return [attributes, {name: content(group[name]) for name in sorted(group)}]

    with h5py.File(path, "r") as file:
        return content(file)


LOADERS = {
    **dict.fromkeys([".pkl", ".pickle", ".p"], load_pickle),
    **dict.fromkeys([".joblib", ".jbl"], load_joblib),
    **dict.fromkeys([".pt", ".pth", ".bin", ".ckpt"], load_torch),
    ".npy": load_numpy,
    ".npz": load_npz,
    ".parquet": load_parquet,
    ".feather": load_feather,
    **dict.fromkeys([".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp"], load_image),
    ".gz": load_gzip,
    ".zip": load_zip,
    ".xlsx": load_workbook,
    **dict.fromkeys([".db", ".sqlite", ".sqlite3"], load_sqlite),
    **dict.fromkeys([".h5", ".hdf5", ".keras"], load_hdf),
}


def digest_of(path):
    loader = LOADERS.get(os.path.splitext(path)[1].lower())
    if loader is None:
        return None
    try:
        value = loader(path)
    except Exception as error:
        # joblib files are often called .pkl.
        if loader is not load_pickle:
            return {"error": f"{type(error).__name__}: {error}"[:200]}
        try:
            value = load_joblib(path)
        except Exception:
            return {"error": f"{type(error).__name__}: {error}"[:200]}
    digest, partial = graduate_values.Digester().digest(value)
    return {"digest": digest, "shown": graduate_values.shown(value), "partial": partial}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        paths = json.load(file)
    answers = {path: digest_of(path) for path in paths}
    # What loading printed is no part of the answer.
    sys.stdout.flush()
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(answers, file)


main()
