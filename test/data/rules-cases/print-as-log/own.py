#! only: print-as-log
import argparse
import sys
from functools import wraps

import click
import fire
import typer

app = typer.Typer()
print("at the top of a script")  #~ print-as-log


class Trainer:
    print("in a class body")  #~ print-as-log

    def fit(self):
        print("fit")  #! print-as-log
        report = lambda x: print("loss", x)  #! print-as-log

        def inner():
            print("inner")  #! print-as-log

        return report, inner


async def fetch():
    print(f"fetching")  #! print-as-log


def blank():
    print()  #~ print-as-log
    print("a", file=sys.stderr)  #~ print-as-log
    print("a", file=None)  #~ print-as-log


def own_print(print):
    print("given")  #~ print-as-log


def doc():
    """
    >>> print("x")
    x
    """  #~ print-as-log
    return [print(i) for i in range(3)]  #! print-as-log


@click.command()
@click.option("--name")
def greet(name):
    print("hello", name)  #~ print-as-log


@click.group()
def cli():
    print("group")  #~ print-as-log


@cli.command("list")
def list_items():
    print("items")  #~ print-as-log

    def row(item):
        print(item)  #~ print-as-log

    row(1)


@app.command()
def typed(name: str):
    print("hello", name)  #~ print-as-log


def run_by_typer():
    print("run")  #~ print-as-log


def run_by_fire(x):
    print("run", x)  #~ print-as-log


def subcommand(args):
    print("sub", args)  #~ print-as-log


def parsed():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    commands.add_parser("sub").set_defaults(func=subcommand)
    args = parser.parse_args()
    print(args)  #~ print-as-log
    return args.func(args)


def timed(function):
    @wraps(function)
    def wrapper(*args):
        print("calling", function.__name__)  #! print-as-log
        return function(*args)

    return wrapper


def helper_of_main(rows):
    print("rows", len(rows))  #! print-as-log


def main():
    helper_of_main([1])
    print("done")  #~ print-as-log


if __name__ == "__main__":
    print("starting")  #~ print-as-log
    main()
    typer.run(run_by_typer)
    fire.Fire(run_by_fire)
