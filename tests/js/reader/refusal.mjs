/** A file that is refused, with the code of docs/bundle-format.md §11. */
export class Refusal extends Error {
  constructor(code) {
    super(code)
    this.code = code
  }
}

/** Refuse with `code` unless `holds`. */
export function must(holds, code = 'E103') {
  if (!holds) throw new Refusal(code)
}
