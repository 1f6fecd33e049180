// Entry of a meter's page: live, current, and with a form that says what concerns it.

import { startChart } from "../../shared/js/chart.js";
import { startLive } from "../../shared/js/live.js";
import { startPage } from "../../shared/js/page.js";
import { meterReader } from "./meter-answers.js";
import { startRuleForms } from "./rule-form.js";

/**
 * The page has judged which events still go on: SLMM leaves some open for good.
 *
 * @param {number} id
 */
function goesOn(id) {
  return document.getElementById(`event-${id}`)?.hasAttribute("data-goes-on") ?? false;
}

const page = startPage();
const panel = document.querySelector("[data-live]");
if (panel instanceof HTMLElement) startLive(panel, page);
const figure = document.querySelector("[data-chart]");
if (figure instanceof HTMLElement) startChart(figure, page, meterReader(goesOn));
startRuleForms();
