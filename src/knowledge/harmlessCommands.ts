/**
 * Commands that change nothing on the machine, whatever they are given: they read and print. Libraries run some of them
 * to learn about the machine (`uname`, `ldconfig -p`, `lscpu`).
 */
export const HARMLESS_COMMANDS: readonly string[] = [
  ...'arch basename cat cmp comm cut date df diff dirname du echo expr factor false file fc-list free getconf grep'.split(
    ' ',
  ),
  ...'head id ldconfig ls lscpu lspci lsb_release md5sum nl nproc nvidia-smi od paste printenv printf ps pwd'.split(
    ' ',
  ),
  ...'readlink realpath rev seq sha1sum sha256sum sleep stat sw_vers tac tail test tr tree true tty uname'.split(
    ' ',
  ),
  ...'uniq uptime wc where which whoami ver'.split(' '),
];

/** Commands that change only the files which they are given, or where later ones work; harmless where those lie in the program's folder. */
export const LOCAL_WRITERS: readonly string[] =
  'cd cp mkdir mv rm rmdir sort tee touch truncate unzip zip gzip gunzip'.split(' ');
