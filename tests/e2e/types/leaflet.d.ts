// The part of Leaflet 1.9 that the map uses. The script leaves a global `L`.

declare namespace L {
  type LatLngTuple = [latitude: number, longitude: number];
  type PointTuple = [x: number, y: number];
  type Coords = { x: number; y: number; z: number };

  interface Point {
    x: number;
    y: number;
    round(): Point;
  }

  interface LatLng {
    lat: number;
    lng: number;
    equals(other: LatLng): boolean;
  }

  interface LatLngBounds {
    getCenter(): LatLng;
    getSouthWest(): LatLng;
    getNorthEast(): LatLng;
  }

  interface Layer {
    addTo(map: Map): this;
    remove(): this;
    on(events: string, act: (event: { tile: HTMLElement }) => void): this;
  }

  interface Marker extends Layer {
    getLatLng(): LatLng;
    setLatLng(at: LatLngTuple | LatLng): this;
    setZIndexOffset(offset: number): this;
  }

  interface Popup extends Layer {
    options: { offset: PointTuple; autoPan: boolean };
    setContent(content: HTMLElement): this;
    setLatLng(at: LatLng): this;
    openOn(map: Map): this;
  }

  interface ControlInstance {
    addTo(map: Map): this;
    remove(): this;
  }

  type ControlPosition = "topleft" | "topright" | "bottomleft" | "bottomright";

  interface FitOptions {
    animate?: boolean;
    maxZoom?: number;
    paddingTopLeft?: PointTuple;
    paddingBottomRight?: PointTuple;
  }

  interface Map {
    dragging: { enable(): void; disable(): void; enabled(): boolean; moved(): boolean };
    containerPointToLayerPoint(at: PointTuple): Point;
    createPane(name: string): HTMLElement;
    fitBounds(bounds: LatLngBounds, options?: FitOptions): this;
    getContainer(): HTMLElement;
    getMaxZoom(): number;
    getMinZoom(): number;
    getSize(): Point;
    getZoom(): number;
    invalidateSize(options: { pan: boolean; animate: boolean }): this;
    latLngToLayerPoint(at: LatLng): Point;
    latLngToContainerPoint(at: LatLng): Point;
    containerPointToLatLng(at: PointTuple): LatLng;
    on(events: "click", act: (event: { latlng: LatLng }) => void): this;
    on(events: string, act: () => void): this;
    panInside(at: LatLng, options: { padding: PointTuple }): this;
    remove(): this;
    setView(centre: LatLng | LatLngTuple, zoom: number, options?: { animate?: boolean }): this;
    whenReady(act: () => void): this;
    zoomIn(): this;
    zoomOut(): this;
  }

  const Control: {
    extend(members: { onAdd(map: Map): HTMLElement }): new (options: {
      position: ControlPosition;
    }) => ControlInstance;
  };
  const DomEvent: { disableClickPropagation(element: HTMLElement): void };
  const GridLayer: {
    extend(members: { createTile(coords: Coords): HTMLElement }): new (options: {
      zIndex?: number;
      updateWhenIdle?: boolean;
    }) => Layer;
  };

  function divIcon(options: { html: HTMLElement; className: string; iconSize: PointTuple }): object;
  function latLngBounds(points: LatLngTuple[]): LatLngBounds;
  function map(element: HTMLElement, options: Record<string, boolean | number>): Map;
  function marker(
    at: LatLngTuple,
    options: { icon: object; interactive: boolean; keyboard: boolean; draggable?: boolean },
  ): Marker;
  function popup(options: {
    className: string;
    closeButton: boolean;
    minWidth: number;
    maxWidth: number;
    autoPanPadding: PointTuple;
  }): Popup;
  function tileLayer(
    template: string,
    options: { maxZoom: number; zIndex: number; referrerPolicy: ReferrerPolicy },
  ): Layer;
}

interface Window {
  L: typeof L;
}
