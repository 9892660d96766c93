// Streamlit asks for its server below the page's own address first (/events/_stcore/health), is refused, and waits a tenth of a
// second before it asks where it is. It is beside the page: where the page's other files are.
window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href};
