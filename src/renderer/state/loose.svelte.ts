/** What is typed for an address that is no endpoint: it lives as long as the window. */

export interface Loose {
  /** A checks document. */
  checks: string;
}

export function createLoose(): Loose {
  let checks = $state('');
  return {
    get checks() {
      return checks;
    },
    set checks(text) {
      checks = text;
    },
  };
}
