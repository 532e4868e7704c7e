const HOLD_MS = 20 * 60 * 1000;

export class Reservations {
  constructor(stock) {
    this.stock = stock;
    this.held = new Map();
  }

  hold(customer, sku, quantity) {
    const reservation = { customer, sku, quantity, note: 'held for ' + customer };
    this.stock.set(sku, this.stock.get(sku) - quantity);
    this.held.set(customer, reservation);
    setTimeout(() => this.release(reservation), HOLD_MS);
    return reservation;
  }

  /** The customer has paid. */
  confirm(reservation) {
    this.held.delete(reservation.customer);
  }

  release(reservation) {
    if (this.held.get(reservation.customer) !== reservation) return;
    this.held.delete(reservation.customer);
    this.stock.set(reservation.sku, this.stock.get(reservation.sku) + reservation.quantity);
  }
}
