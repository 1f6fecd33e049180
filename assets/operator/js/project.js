// Entry of a project's page: it keeps itself current, and its locations can be dragged into order.

import { startPage } from "../../shared/js/page.js";
import { startOrder } from "./order.js";

startOrder(startPage());
