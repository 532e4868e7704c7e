'use strict';
const Ajv = require('ajv');

const ajv = new Ajv({ allErrors: true });

function schemaOf(fields) {
  return {
    type: 'object',
    required: fields,
    properties: Object.fromEntries(fields.map((field) => [field, { type: 'string', minLength: 1 }])),
  };
}

function check(fields, answers) {
  const validate = ajv.compile(schemaOf(fields));
  return validate(answers) ? [] : validate.errors.map(({ message }) => message);
}

exports.handle = async function handle(request) {
  const form = request.url.split('/').pop();
  const problems = check(['name', 'street', 'town'], { name: `Visitor ${form}`, street: '', town: 'Ulm' });
  return { form, problems };
};
