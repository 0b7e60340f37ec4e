/** Its name in local storage, where it outlives the session: it is what a rewritten log is found by. */
export const SEEN_HEAD_KEY = 'chartward-seen-head'
