/** A condition to wait for instead of a time. */
export interface Gate {
  readonly passed: Promise<void>;
  pass(): void;
}

export function gate(): Gate {
  let open: () => void = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, pass: () => open() };
}
