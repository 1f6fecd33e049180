// Entry of a location's page.

import { startChart } from "../../shared/js/chart.js";
import { startLive } from "../../shared/js/live.js";
import { startPage } from "../../shared/js/page.js";

const page = startPage();
const panel = document.querySelector("[data-live]");
if (panel instanceof HTMLElement) startLive(panel, page);
const figure = document.querySelector("[data-chart]");
if (figure instanceof HTMLElement) startChart(figure, page);
