'use strict';
const { Connection } = require('./connection');

async function report(day) {
  const connection = new Connection('db.example:5432');
  connection.query('select * from orders where day = ' + day);
  connection.query('select * from returns where day = ' + day);
  await null;
  connection.close('report of day ' + day + ' is done');
}

exports.work = report;
