#! only: swallowed-exception
import json
import pickle
import socket
from pathlib import Path
from typing import Optional

import numpy as np
import pandas as pd
import requests
from requests.exceptions import RequestException

NETWORK_ERRORS = (RequestException, socket.error)


def table(path):
    try:
        return pd.read_csv(path)
    except FileNotFoundError:  #! swallowed-exception
        return pd.DataFrame()


def parsed(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError:  #! swallowed-exception
        return {}


def row_sum(lines):
    total = 0.0
    for line in lines:
        try:
            total += float(line)
        except ValueError:  #! swallowed-exception
            continue
    return total


def price(text):
    try:
        return float(text)
    except (TypeError, ValueError):  #! swallowed-exception
        return 0.0


def profile(url):
    try:
        return requests.get(url, timeout=3).json()
    except NETWORK_ERRORS:  #! swallowed-exception
        return None


def restored(path):
    try:
        with path.open("rb") as stream:
            return pickle.load(stream)
    except Exception:  #! swallowed-exception
        return None


def described(path):
    try:
        return Path(path).read_text()
    except:  #! swallowed-exception
        return ""


def weights(path):
    try:
        return np.load(path)
    except OSError as error:  #! swallowed-exception
        print("no weights", error)
        return np.array([])


def saved(frame, path) -> None:
    try:
        frame.to_csv(path)
    except OSError:  #! swallowed-exception
        return


def sent(url, rows):
    for row in rows:
        try:
            requests.post(url, json=row, timeout=3)
        except requests.ConnectionError:  #! swallowed-exception
            ...


def label(model, row):
    try:
        return model.predict([row])[0]
    except Exception:  #! swallowed-exception
        return "unknown"


def both(path):
    try:
        a, b = open(path).read().split()
        return a, b
    except IOError:  #! swallowed-exception
        return None, None


def ratio(path) -> Optional[float]:
    try:
        return float(Path(path).read_text())
    except (OSError, ValueError):  #! swallowed-exception
        return -1


class Store:
    def flush_all(self):
        try:
            with open(self.path, "w") as stream:
                stream.write(self.text)
        except OSError:  #! swallowed-exception
            pass


def stored(path, text):
    try:
        with open(path, "w") as stream:
            stream.write(text)
        return True
    except Exception:  #! swallowed-exception
        return False


def skipping(paths):
    kept = []
    for path in paths:
        try:
            kept.append(pd.read_parquet(path))
        except Exception as error:  #! swallowed-exception
            print("skipped", path, error)
            continue
    return pd.concat(kept)
