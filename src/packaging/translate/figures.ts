/** What closes the figures of a former cell is called. */
export const CLOSING = 'close_figures';

/**
 * Closes the figures of a former cell. Without a window nobody sees them, so they can be saved: only where the
 * environment says so, because the notebook has written no such files.
 */
export function closingFunction(pyplot: string, variable: string): string {
  return `def ${CLOSING}(cell: int) -> None:
    """Closes all figures, as the notebook did when it had shown them.

    ${variable} names a folder in which they are saved before.
    """
    folder = os.getenv("${variable}")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        saved = len(list(Path(folder).glob(f"cell_{cell}_*.png")))
        for count, number in enumerate(${pyplot}.get_fignums(), saved + 1):
            ${pyplot}.figure(number).savefig(Path(folder, f"cell_{cell}_{count}.png"))
    if "inline" in ${pyplot}.get_backend():
        # In a notebook somebody sees them.
        ${pyplot}.show()
    ${pyplot}.close("all")
`;
}
