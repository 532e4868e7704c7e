'use strict';
const Vue = require('vue');
const VueRouter = require('vue-router');

Vue.use(VueRouter);

const Product = {
  data: () => ({ facts: Array.from({ length: 12 }, (_, at) => ({ label: `fact ${at}`, value: at * 3 })) }),
  template: '<article><h1>Product</h1><p v-for="fact in facts">{{ fact.label }}: {{ fact.value }}</p></article>',
};
const Cart = { template: '<section><h1>Cart</h1><p>Nothing in it yet.</p></section>' };

module.exports = new VueRouter({
  mode: 'abstract',
  routes: [
    { path: '/products/:id', component: Product },
    { path: '/cart', component: Cart },
  ],
});
