export { type SearchJob, searchInWorker, type WatchedSearch } from './search-in-worker.ts'
