import { App } from './app';
import { showProduct } from './routes';

const app = new App('shop');
app.get('/product', showProduct);

export function work(i: number): string {
  return app.handle('/product', { id: i, session: `s${i % 50}` });
}
