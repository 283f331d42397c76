// Dash starts here, once its scripts are read: no inline script, so the page needs no exception to its policy.
window.dash_clientside = Object.assign({}, window.dash_clientside, window.ess_clientside);
new window.DashRenderer(); // eslint-disable-line no-new
