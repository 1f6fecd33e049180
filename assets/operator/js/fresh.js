// Entry of the pages that only keep themselves current: the board, the inbox.

import { startPage } from "../../shared/js/page.js";

startPage();
