// The part of uPlot 1.6 that the chart uses. The vendored classic script defines the global.

interface UPlotScale {
  min?: number;
  max?: number;
}

interface UPlotBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface UPlotAxis {
  side?: 2 | 3;
  size?: number;
  gap?: number;
  font?: string;
  stroke?: () => string;
  grid?: { show?: boolean; stroke?: () => string; width?: number };
  ticks?: { show?: boolean; stroke?: () => string; width?: number; size?: number };
  splits?: (plot: uPlot, axis: number, min: number, max: number) => number[];
  values?: (plot: uPlot, splits: number[]) => string[];
}

interface UPlotSeries {
  show?: boolean;
  scale?: string;
  stroke?: () => string;
  width?: number;
  dash?: number[];
  cap?: CanvasLineCap;
  points?: {
    show?: boolean;
    size?: number;
    fill?: () => string;
    filter?: (plot: uPlot, series: number) => number[] | null;
  };
}

interface UPlotOptions {
  width: number;
  height: number;
  ms?: 1 | 0.001;
  legend?: { show: boolean };
  padding?: (number | (() => number))[];
  scales: Record<string, {
    time?: boolean;
    auto?: boolean;
    min?: number;
    max?: number;
    range?: (plot: uPlot, min: number | null, max: number | null) => [number, number];
  }>;
  axes: UPlotAxis[];
  series: UPlotSeries[];
  cursor?: {
    x?: boolean;
    y?: boolean;
    move?: (plot: uPlot, left: number, top: number) => [number, number];
    dataIdx?: (plot: uPlot, series: number, nearest: number, x: number) => number | null;
    points?: {
      size?: number;
      width?: number;
      stroke?: () => string;
      fill?: (plot: uPlot, series: number) => string;
    };
    drag?: { x?: boolean; y?: boolean; setScale?: boolean; dist?: number };
    bind?: Record<string, () => () => void>;
  };
  hooks?: Record<string, ((plot: uPlot) => void)[]>;
}

declare class uPlot {
  constructor(options: UPlotOptions, data: (number | null)[][], host: HTMLElement);
  readonly root: HTMLElement;
  readonly over: HTMLElement;
  readonly ctx: CanvasRenderingContext2D;
  /** The plot in canvas pixels. */
  readonly bbox: UPlotBox;
  readonly width: number;
  readonly height: number;
  readonly data: (number | null)[][];
  readonly select: UPlotBox;
  readonly cursor: { left?: number; top?: number };
  readonly scales: Record<string, UPlotScale>;
  readonly series: UPlotSeries[];
  static readonly pxRatio: number;
  batch(work: () => void): void;
  setData(data: (number | null)[][], resetScales?: boolean): void;
  setScale(key: string, limits: { min: number; max: number }): void;
  setSeries(index: number, options: { show: boolean }): void;
  setSize(size: { width: number; height: number }): void;
  setCursor(place: { left: number; top: number }): void;
  setSelect(box: UPlotBox, fireHook?: boolean): void;
  redraw(rebuildPaths?: boolean, recalcAxes?: boolean): void;
  posToVal(place: number, scale: string, canvasPixels?: boolean): number;
  valToPos(value: number, scale: string, canvasPixels?: boolean): number;
  destroy(): void;
}

interface Window {
  uPlot?: typeof uPlot;
}
