// What refresh.js uses of Idiomorph 0.8. TypeScript finds this beside the vendored file by `rootDirs`,
// so the vendored file itself is not checked.

/** Hooks of a morph; `false` leaves the node or the attribute as it is. */
interface Callbacks {
  beforeNodeMorphed?: (old: Element, fresh: Node) => boolean;
  beforeAttributeUpdated?: (name: string, old: Element, type: "update" | "remove") => boolean;
}

export const Idiomorph: {
  /** Makes `old` and all in it like `fresh`; both have the same `id`. */
  morph(old: Element, fresh: Element, options: { callbacks: Callbacks }): void;
};
