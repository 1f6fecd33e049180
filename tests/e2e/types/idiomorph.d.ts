// What morph.js uses of Idiomorph 0.8, which is a classic script of the page.

/** Hooks of a morph; `false` leaves the node or the attribute as it is. */
interface MorphCallbacks {
  beforeNodeMorphed?: (old: Element, fresh: Node) => boolean;
  beforeAttributeUpdated?: (name: string, old: Element, type: "update" | "remove") => boolean;
}

declare const Idiomorph: {
  /** Makes `old` and all in it like `fresh`; both have the same `id`. */
  morph(old: Element, fresh: Element, options: { callbacks: MorphCallbacks }): void;
};
