SwaggerUIBundle({
  dom_id: '#docs',
  urls: [
    { name: 'Guildhall', url: '/v3/api-docs' },
    { name: 'Operators', url: '/v3/api-docs/operators' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
