import * as above from '../vault/view.ts'

export const planted = above
